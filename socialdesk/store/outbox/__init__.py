"""A reply on its way: its draft, its moves from state to state, its pictures, its promise."""
