// Every letter of this machine goes to the sink, and no DNS is asked.
exports.register = function () {
    this.port = this.config.get('sink.ini').main.port;
};
exports.hook_lookup_rdns = (next) => next(OK, 'localhost');
exports.hook_connect = (next, connection) => {
    connection.set('relaying', true);
    next();
};
exports.hook_rcpt = (next) => next(OK);
exports.hook_get_mx = function (next) {
    next(OK, { priority: 0, exchange: '127.0.0.1', port: this.port });
};
