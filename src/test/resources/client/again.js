// Sends a letter, and again while there is no answer: node again.js PORT
const nodemailer = require('nodemailer');

const send = (socketTimeout) => nodemailer.createTransport({ host: '127.0.0.1', port: process.argv[2], socketTimeout }).sendMail({
  from: 'jan@dupont.example', to: 'client@example.com', subject: 'Your invoice', text: 'Good day!\n',
  attachments: [{ filename: 'invoice.pdf', content: 'x'.repeat(5000) }],
  headers: { 'X-Letter-Key': 'invoice-2026-1187' },
});
(async () => {
  for (let patience = 500; ; patience *= 2) {
    try {
      console.log((await send(patience)).response);
      process.exit(0);
    } catch (error) {
      if (!['ETIMEDOUT', 'ECONNECTION'].includes(error.code)) {
        console.error(error);
        process.exit(1);
      }
    }
  }
})();
