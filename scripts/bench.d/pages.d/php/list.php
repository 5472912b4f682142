<?php
// The list of projects as PHP draws it: the session's query, the list's query, the frame, a row for each.
declare(strict_types=1);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

/** @var array{socket: string, cookie: string, base: string, secret: string, languages: array<string, string>} $site */
$site = require 'settings.php';

function h(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

$db = new mysqli('p:localhost', 'carrel', null, 'carrel', 0, $site['socket']);
$token = $_COOKIE[$site['cookie']] ?? '';
$now = time();
$reader = $db->query(sprintf(
    "SELECT s.id, s.last_seen_at, u.id AS user, u.username, u.email, u.is_administrator
    FROM sessions s JOIN users u ON u.id = s.user
    WHERE s.token_hash = x'%s' AND s.last_seen_at > '%s' AND s.created_at > '%s'",
    hash('sha256', $token),
    gmdate('Y-m-d H:i:s', $now - 14 * 86400),
    gmdate('Y-m-d H:i:s', $now - 90 * 86400),
))->fetch_assoc();
if ($reader === null) {
    header('Location: ' . $site['base'] . '/sign-in', true, 303);
    exit;
}
$projects = $db->query(sprintf(
    "SELECT p.id, p.name, p.language, p.created_at, p.updated_at, p.file_count AS files
    FROM projects p WHERE p.owner = %d AND p.deleted_at IS NULL
    ORDER BY p.updated_at DESC, p.id DESC LIMIT 500",
    $reader['user'],
));

$nonce = base64url(random_bytes(16));
$csrf = base64url(hash_hmac('sha256', $token, $site['secret'], true));
header('Content-Type: text/html; charset=utf-8');
header("Content-Security-Policy: default-src 'none'; script-src 'self' 'nonce-$nonce'; style-src 'self' 'nonce-$nonce'; "
    . "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    . "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
header('X-Content-Type-Options: nosniff');
header('Referrer-Policy: same-origin');
header('X-Frame-Options: DENY');
header('Cross-Origin-Opener-Policy: same-origin');
header('Cross-Origin-Resource-Policy: same-origin');
header('Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=()');
header('Cache-Control: no-store');
header('X-Request-ID: ' . $_SERVER['REQUEST_ID']);

require 'head.php';
foreach ($projects as $project) {
    $id = (int) $project['id'];
    $name = h($project['name']);
    $language = h($project['language']);
    $languageName = h($site['languages'][$project['language']] ?? $project['language']);
    $files = $project['files'] === '1' ? '1 file' : $project['files'] . ' files';
    $updated = new DateTimeImmutable($project['updated_at']);
    require 'row.php';
}
require 'tail.php';
