"""Where the parts are named by string: settings, addresses, start-up checks."""
