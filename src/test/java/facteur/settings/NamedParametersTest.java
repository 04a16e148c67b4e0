package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedParametersTest {
    private static final List<String> OFFICE = List.of("office");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select a from t where id = :office                     | select a from t where id = ?                     | 1
            select a from t where id=:office;                      | select a from t where id=?                       | 1
            select a from t where id=:office ; -- done             | select a from t where id=?  -- done              | 1
            select :office, :office                                | select ?, ?                                      | 2
            select (:office)                                       | select (?)                                       | 1
            select :office::text, a::int                           | select ?::text, a::int                           | 1
            select a::office, :office                              | select a::office, ?                              | 1
            select f(x := :office)                                 | select f(x := ?)                                 | 1
            select a[1:2], :office                                 | select a[1:2], ?                                 | 1
            select a[x: y], :office                                | select a[x: y], ?                                | 1
            select ':office', :office                              | select ':office', ?                              | 1
            select 'it''s :office', :office                        | select 'it''s :office', ?                        | 1
            select '\\', :office                                   | select '\\', ?                                   | 1
            select E'\\':office', :office                          | select E'\\':office', ?                          | 1
            select e'\\\\', :office                                | select e'\\\\', ?                                | 1
            select e'a'':office\\'', :office                       | select e'a'':office\\'', ?                       | 1
            select nae'\\', :office                                | select nae'\\', ?                                | 1
            select "a:office", "b"":office", :office               | select "a:office", "b"":office", ?               | 1
            select `a:office`, :office                             | select `a:office`, ?                             | 1
            select $$:office$$, :office                            | select $$:office$$, ?                            | 1
            select $x$ $$ :office $y$ $x$, :office                 | select $x$ $$ :office $y$ $x$, ?                 | 1
            select a$b$, :office, c$b$                             | select a$b$, ?, c$b$                             | 1
            select $1, :office, $1                                 | select $1, ?, $1                                 | 1
            select /* :office */ :office                           | select /* :office */ ?                           | 1
            select /* /* :no */ :no ' */ :office                   | select /* /* :no */ :no ' */ ?                   | 1
            select :office -- it's :no                             | select ? -- it's :no                             | 1
            select a - b, a / b, :office                           | select a - b, a / b, ?                           | 1
            select '?', "?", $$?$$, a ?? 'x', :office /* ? */      | select '?', "?", $$?$$, a ?? 'x', ? /* ? */      | 1
            select 'é😀', :office                                  | select 'é😀', ?                                  | 1
            select a as "company.name" where :office=a             | select a as "company.name" where ?=a             | 1
            """)
    void becomeQuestionMarks(String text, String sql, int count) {
        var statement = SqlStatement.parse(text, OFFICE);
        assertThat(statement.sql()).isEqualTo(sql);
        assertThat(statement.parameters()).hasSize(count).containsOnly("office");
    }

    @Test
    void keepTheirOrder() {
        var statement = SqlStatement.parse(
                "select 1 -- :office\nwhere r = :relation and o = :office and :relation <> ''", List.of("office", "relation"));
        assertThat(statement.sql()).isEqualTo("select 1 -- :office\nwhere r = ? and o = ? and ? <> ''");
        assertThat(statement.parameters()).containsExactly("relation", "office", "relation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select 1                                | must use the parameter :office
            select ':office'                        | must use the parameter :office
            select 1 -- :office                     | must use the parameter :office
            select a::office                        | must use the parameter :office
            select :ofice                           | unknown parameter :ofice; known: :office
            select :Office                          | unknown parameter :Office
            select :office2                         | unknown parameter :office2
            select :office_id                       | unknown parameter :office_id
            select :office, :relation               | unknown parameter :relation
            select a[x:y], :office                  | a colon that begins no parameter needs a blank
            select :office, ?                       | '?' names no parameter
            select :office; drop table t            | must be one statement
            select :office;;                        | must be one statement
            select :office, 'a                      | a quote ' is not closed
            select :office, E'a\\'                  | a quote ' is not closed
            select :office, "a                      | a quote " is not closed
            select :office, $x$ a $$                | a quote $x$ is not closed
            select :office /* /* */                 | a comment is not closed
            select :office /*/                      | a comment is not closed
            """)
    void thatCantBeReadAreAProblem(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlStatement.parse(text, OFFICE))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "$", "'", "\"", "/*", "--", "?", ";", "e'", "E'\\", "$a", "$a$", "::", "a:", "/", "-"})
    void endAnywhere(String tail) {
        try {
            assertThat(SqlStatement.parse("select :office " + tail, OFFICE).parameters()).hasSize(1);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
