echo "Hello from Carrel"
