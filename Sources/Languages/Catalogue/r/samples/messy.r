x=1
f<-function(a,b=2){
if(a==b) print(a) else {a}}
