"""The practice network's clock: real time outside, the stream's own inside."""

from socialdesk.domain.frozen import frozen


@frozen
class _Stretch:
    """From `at_ms` (unix) and `stream_ms` on, the stream runs `speed` times as fast."""

    at_ms: int
    stream_ms: int
    speed: float


class NetworkClock:
    """Turns unix ms into the stream's ms and back, over changes of speed.

    What lies before the start keeps real time, so that old posts are as old at any speed.
    """

    def __init__(self, start_ms: int, speed: float) -> None:
        if not speed > 0:
            raise ValueError("speed must be above 0")
        self._stretches = [_Stretch(start_ms, 0, speed)]

    @property
    def speed(self) -> float:
        return self._stretches[-1].speed

    def change_speed(self, at_ms: int, speed: float) -> None:
        """From `at_ms` on; what happened before stays where it was."""
        if not speed > 0:
            raise ValueError("speed must be above 0")
        self._add(at_ms, speed)

    def stand_still(self, from_ms: int, until_ms: int) -> None:
        """Nothing happens in the stream between two unix times, the later ones known so far."""
        speed = self.speed
        self._add(from_ms, 0.0)
        self._add(until_ms, speed)

    def _add(self, at_ms: int, speed: float) -> None:
        at_ms = max(at_ms, self._stretches[-1].at_ms)
        self._stretches.append(_Stretch(at_ms, self.stream_ms(at_ms), speed))

    def stream_ms(self, at_ms: int) -> int:
        """The stream's time at a unix time; negative before the start."""
        for stretch in reversed(self._stretches):
            if at_ms >= stretch.at_ms:
                return stretch.stream_ms + int((at_ms - stretch.at_ms) * stretch.speed)
        return at_ms - self._stretches[0].at_ms

    def unix_ms(self, stream_ms: int) -> int:
        """When the stream's time was, or will be, `stream_ms`; the end of a stand-still there."""
        for stretch in reversed(self._stretches):
            if stream_ms >= stretch.stream_ms and stretch.speed:
                return stretch.at_ms + int((stream_ms - stretch.stream_ms) / stretch.speed)
        return self._stretches[0].at_ms + stream_ms
