-- two
create table t(a int,b text);
.mode   list
select a,b from t where a=1 and b is null;
