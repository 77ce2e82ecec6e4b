"""How good a picture is: sharpness, which way up, light."""
