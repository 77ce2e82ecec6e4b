"""The parts of which safe copies are made: masks, styles, names, whole files, steps of the proof."""
