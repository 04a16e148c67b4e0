#!/usr/bin/env bash
# nodemailer 10.6.1 (npm): writes the names of an app's own fields in its own case, and leaves without QUIT.
#
# `headers: { 'X-Relation-Id': …, 'x-office-id': … }` leaves as
#
#     X-Relation-ID: R-1042
#     X-Office-ID: dupont
#
# ("Id" at a word's end becomes "ID"), before From. Names are compared without case (RFC 5322 §1.2.2), so relays don't mind; filters,
# tests and log searches that look for the name as the app wrote it find nothing. After the reply to the final dot the connection
# is closed without QUIT, which some servers log as an aborted session.
source "$(dirname "$0")/lib.sh"
npm install --prefix "$work" --no-audit --no-fund --silent nodemailer@10.6.1 >npm.log 2>&1 || { cat npm.log; exit 69; }
sink wire
cat >send.js <<'JS'
const transport = require('nodemailer').createTransport({ host: '127.0.0.1', port: Number(process.argv[2]) });
transport.sendMail({
  from: 'jan@dupont.example', to: 'client@example.com', subject: 'x', text: 'Good day!',
  headers: { 'X-Relation-Id': 'R-1042', 'x-office-id': 'dupont' },
}).then(() => transport.close());
JS
node send.js "$port"
sleep 1
seen wire 'X-Relation-ID: R-1042'
seen wire 'X-Office-ID: dupont'
unseen wire 'X-Relation-Id'
unseen wire QUIT
echo 'as stated: X-Relation-ID'
