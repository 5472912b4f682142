<?php
echo "Hello from Carrel\n";
