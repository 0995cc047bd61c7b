"""The pages themselves: frames in HTML, their modules and style sheets, and the rooms that they are."""
