x=1
if x==1:
  print( "a",x )
def f(a,b = 2):return a
