"""What the state knows about people, read and written with a purpose."""
