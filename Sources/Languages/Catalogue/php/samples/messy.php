<?php
$x=1;
if($x==1){
echo "a";}
function f($a,$b=2){return $a;}
