"""The call as it is heard: words, sound, and a loudspeaker."""
