<?php
// Draws the table with Twig. First message: the rows as JSON. Then "draw" is answered with the table, and a number with
// the microseconds of one drawing out of that many. A message is its length as a line of digits, then its bytes.

require_once 'Twig/autoload.php';

function receive(): ?string
{
    $line = fgets(STDIN);
    if ($line === false) {
        return null;
    }
    $length = (int) $line;
    return $length > 0 ? stream_get_contents(STDIN, $length) : '';
}

function send(string $message): void
{
    fwrite(STDOUT, strlen($message) . "\n" . $message);
    fflush(STDOUT);
}

$rows = json_decode(receive(), true);
$twig = new Twig\Environment(new Twig\Loader\FilesystemLoader(__DIR__ . '/tables'), ['cache' => $argv[1]]);
$template = $twig->load('table.twig');
while (($message = receive()) !== null) {
    if ($message === 'draw') {
        send($template->render(['rows' => $rows]));
        continue;
    }
    $count = (int) $message;
    $start = hrtime(true);
    for ($i = 0; $i < $count; $i++) {
        $template->render(['rows' => $rows]);
    }
    send((string) ((hrtime(true) - $start) / 1000 / $count));
}
