"""Boards that are not there."""
