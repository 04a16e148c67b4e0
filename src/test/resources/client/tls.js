// Says STARTTLS, and trusts no one: tls.js PORT TLSv1.3.
const net = require('net');
const tls = require('tls');
const [port, version] = process.argv.slice(2);
const plain = net.connect(port, '127.0.0.1');
const words = ['EHLO app.example\r\n', 'STARTTLS\r\n'];
plain.on('data', () => {
    const word = words.shift();
    if (word) {
        plain.write(word);
        return;
    }
    plain.removeAllListeners('data');
    tls.connect({ socket: plain, host: '127.0.0.1', minVersion: version, maxVersion: version }).on('error', () => process.exit(1));
});
