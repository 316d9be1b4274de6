"""What comes back from clearance in Word: read without the database, and compared with what was sent."""
