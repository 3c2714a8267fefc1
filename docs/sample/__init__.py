"""The sample book, told: its registers, what happened, and the everyday trade around it."""
