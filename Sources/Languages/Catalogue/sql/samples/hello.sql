.headers off
SELECT 'Hello from Carrel';
