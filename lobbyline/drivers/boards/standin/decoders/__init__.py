"""Decoders of stand-in boards, written from the makers' documents, apart from the part language.

A mistake in the part language or in a protocol's file shows here, because nothing is shared with them. Which boards,
their quirks and where each protocol is described stands at the top of its file in `assets/boards`.
"""
