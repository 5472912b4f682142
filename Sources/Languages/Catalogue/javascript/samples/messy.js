const  x=1
if(x){
console.log( x )
   for(const y of [1,2]){
console.log(y)}}
