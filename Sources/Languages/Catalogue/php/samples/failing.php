<?php
echo "before\n";
throw new RuntimeException("This is the end.");
