"""The key that tests make pseudonyms with."""

KEY = "een-sleutel-van-meer-dan-32-tekens"
