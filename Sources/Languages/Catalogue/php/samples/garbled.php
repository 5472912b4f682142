<?php
$x = 1;
if ($x == {
