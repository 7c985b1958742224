// Preloaded by node: a server that names no address listens on 127.0.0.1 and nowhere else.
const { Server } = require('node:net')

const listen = Server.prototype.listen
Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'number' || typeof first === 'string') {
    if (typeof rest[0] === 'string') return listen.call(this, first, ...rest)
    return listen.call(this, first, '127.0.0.1', ...rest)
  }
  if (first && typeof first === 'object' && 'port' in first && !first.host) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  }
  return listen.call(this, first, ...rest)
}
