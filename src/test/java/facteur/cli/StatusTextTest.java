package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.StatusJson;
import facteur.platform.json.JsonObject;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
    @Test
    void fitsOnAScreen() {
        assertThat(text("""
                {
                  "running": true, "version": "0.1.0",
                  "startedAt": "2026-11-20T08:00:00Z", "now": "2026-11-23T08:00:00Z", "uptimeSeconds": 259200,
                  "unready": [],
                  "listeners": [
                    { "address": "127.0.0.1:2525", "tls": "none", "connections": 12 },
                    { "address": "[::1]:465", "tls": "implicit", "connections": 0 }
                  ],
                  "upstreams": [
                    { "name": "smarthost", "state": "up" },
                    { "name": "standby", "state": "down", "since": "2026-11-23T07:50:00Z", "retryAt": "2026-11-23T08:00:40Z",
                      "cause": "CONNECT: \\u001b[31mrefused" },
                    { "name": "capped", "state": "resting", "restsUntil": "2026-11-23T10:00:00Z" }
                  ],
                  "countedAt": "2026-11-23T07:59:58Z",
                  "queue": [ { "state": "deferred", "letters": 1200, "oldestAt": "2026-11-23T05:00:00Z" },
                             { "state": "hold", "letters": 34, "oldestAt": "2026-11-20T08:00:00Z" } ],
                  "lastMinute": { "accepted": 120, "refused": 3, "relayed": 118, "deferred": 2, "failed": 0 },
                  "troubles": [ { "at": "2026-11-23T07:50:00Z", "event": "event=upstream-failed upstream=standby" } ],
                  "certificateExpiresAt": "2026-11-30T08:00:00Z"
                }
                """)).isEqualTo("""
                facteur 0.1.0 ready, up 3d
                listeners    127.0.0.1:2525         apps     tls none               12 connections
                             [::1]:465              apps     tls implicit           0 connections
                upstreams    smarthost              up
                             standby                down for 10m, next try in 40s: CONNECT: ?[31mrefused
                             capped                 paused for 2h: rate limit reached
                queue        deferred               1200, the oldest since 3h
                             hold                   34, the oldest since 3d
                last minute  letters: 120 accepted, 3 refused; recipients: 118 relayed, 2 deferred, 0 failed
                certificate  expires 2026-11-30T08:00:00Z, in 7d
                troubles     10m ago  event=upstream-failed upstream=standby
                """);
    }

    @Test
    void namesFilesAndDomainsThatWantALook() {
        assertThat(text("""
                { "version": "0.1.0", "startedAt": "2026-11-23T07:00:00Z", "now": "2026-11-23T08:00:00Z",
                  "unready": [], "listeners": [], "upstreams": [], "queue": [], "lastMinute": {}, "troubles": [],
                  "settings": [
                    { "file": "offices/dupont.yaml", "line": 3, "reason": "company: is missing", "since": "2026-11-23T07:50:00Z",
                      "oldAnswer": true, "consequence": "the last good version stays in use" },
                    { "file": "offices/durand.yaml", "line": 0, "reason": "permission denied", "since": "2026-11-23T07:59:00Z",
                      "oldAnswer": false, "consequence": "letters that need it get 451" } ],
                  "domains": { "pending": 1, "verified": 7, "unconfirmed": 2, "degraded": 0, "suspended": 1, "failed": 0 } }
                """)).contains("""
                settings     for 10m: offices/dupont.yaml:3: company: is missing; the last good version stays in use
                             for 60s: offices/durand.yaml: permission denied; letters that need it get 451
                domains      2 unconfirmed, 1 suspended; `facteur domain list` has the reasons
                """);
    }

    @Test
    void saysThatTheClockWasSet() {
        assertThat(text("""
                { "version": "0.1.0", "startedAt": "2026-11-23T07:00:00Z", "now": "2026-11-23T08:00:00Z", "unready": [],
                  "clockJump": { "at": "2026-11-23T07:48:00Z", "bySeconds": -7200, "settlesAt": "2026-11-23T08:48:00Z" },
                  "listeners": [], "upstreams": [], "lastMinute": {}, "troubles": [] }
                """)).contains("clock        set back by 2h, 12m ago: nothing expires by age for another 48m\n");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(text("""
                { "version": "0.1.0", "startedAt": "2026-11-23T07:59:00Z", "now": "2026-11-23T08:00:00Z",
                  "unready": ["starting", "the disk failed"], "listeners": [], "upstreams": [], "lastMinute": {}, "troubles": [] }
                """)).isEqualTo("""
                facteur 0.1.0 not ready: starting; the disk failed, up 60s
                listeners    no listeners
                upstreams    no upstreams
                queue        unavailable: the spool can't be read
                last minute  letters: 0 accepted, 0 refused; recipients: 0 relayed, 0 deferred, 0 failed
                troubles     none lately
                """);
    }

    private static String text(String json) {
        return StatusText.of(StatusJson.read(JsonObject.parse(json)));
    }
}
