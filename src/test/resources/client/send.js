// Sends fifty letters over five connections: node send.js HOST PORT CA-FILE LOGIN PASSWORD
const fs = require('fs');
const nodemailer = require('nodemailer');

const [host, port, authority, user, pass] = process.argv.slice(2);
const transport = nodemailer.createTransport({
  host, port, auth: { user, pass }, requireTLS: true, tls: { ca: fs.readFileSync(authority) },
  pool: true, maxConnections: 5, name: 'app.example',
});
const letter = {
  from: 'Jan Janssens <jan@dupont.example>', to: 'client@example.com', subject: 'Your invoice',
  text: 'Good day!\n.\n.dots, and the end\n',
  headers: { 'X-Context': 'invoice', 'X-Relation-Id': 'R-1042' },
};
Promise.all(Array.from({ length: 50 }, () => transport.sendMail(letter)))
  .then(() => transport.close())
  .catch((error) => { console.error(error); process.exit(1); });
