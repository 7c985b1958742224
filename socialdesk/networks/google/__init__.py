"""What YouTube and Google Business share: one way of signing in, one way of refusing."""
