"""What goes out of the office: packs for other bodies, visit cards, the pages of those who lead safeguarding."""
