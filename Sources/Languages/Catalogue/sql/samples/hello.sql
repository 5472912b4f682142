.mode list
.headers off
SELECT 'Hello from Carrel';
