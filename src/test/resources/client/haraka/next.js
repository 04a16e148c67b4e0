// Takes every letter, and hands it on to a port of this machine.
exports.hook_connect = function (next, connection) {
    connection.relaying = true
    next()
}

exports.hook_mail = function (next) {
    next(OK)
}

exports.hook_rcpt = function (next) {
    next(OK)
}

exports.hook_get_mx = function (next) {
    next(OK, { priority: 0, exchange: '127.0.0.1', port: Number(process.env.NEXT_PORT) })
}
