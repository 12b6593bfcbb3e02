package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellScriptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "./a.sh ${{x}} ${{ y }} | ./a.sh \"$MV_1\" \"$MV_2\"",
        "echo --day=${{x}}${{y}}.csv | echo --day=\"$MV_1\"\"$MV_2\".csv",
        "echo \"on ${{x}}${{y}} of\" | echo \"on ${MV_1}${MV_2} of\"",
        "X=${{x}} Y=\"${{y}}\" ./a.sh | X=\"$MV_1\" Y=\"${MV_2}\" ./a.sh",
        "echo \"$(cat \"${{x}}\" ${{y}})\" | echo \"$(cat \"${MV_1}\" \"$MV_2\")\"",
        "cat < ${{x}} > out/${{y}} 2>&1 | cat < \"$MV_1\" > out/\"$MV_2\" 2>&1",
        "bin/${{x}} go | bin/\"$MV_1\" go",
        "for f in ${{x}} b; do echo \"$f\" ${{y}}; done | for f in \"$MV_1\" b; do echo \"$f\""
            + " \"$MV_2\"; done",
        "case ${{x}} in ${{y}}) echo a;; *) echo ${{z}};; esac | case \"$MV_1\" in \"$MV_2\") echo"
            + " a;; *) echo \"$MV_3\";; esac",
        "echo \"$(case $a in b) echo ${{x}};; esac)\" ${{y}} | echo \"$(case $a in b) echo"
            + " \"$MV_1\";; esac)\" \"$MV_2\"",
        "if [ ${{x}} -gt 5 ]; then echo ${{y}}; fi | if [ \"$MV_1\" -gt 5 ]; then echo \"$MV_2\";"
            + " fi",
        "f() { echo ${{x}}; }; f ${{y}} | f() { echo \"$MV_1\"; }; f \"$MV_2\"",
        "echo 'it'\\''s' ${{x}} # don't | echo 'it'\\''s' \"$MV_1\" # don't",
        "echo $# a#b ${{x}} | echo $# a#b \"$MV_1\"",
        "echo `date '+%s'` ${{x}} | echo `date '+%s'` \"$MV_1\"",
        "echo $((1 + (2))) ${v:-\"}\"} ${{x}} | echo $((1 + (2))) ${v:-\"}\"} \"$MV_1\"",
        "sh -c 'echo \"$1\"' sh ${{x}} | sh -c 'echo \"$1\"' sh \"$MV_1\"",
        "python3 load.py -c ${{x}} | python3 load.py -c \"$MV_1\"",
        "python3 -m tool ${{x}} | python3 -m tool \"$MV_1\"",
        "awk -v d=${{x}} '{print d}' f | awk -v d=\"$MV_1\" '{print d}' f",
        "sed -e 's/a/b/' ${{x}} | sed -e 's/a/b/' \"$MV_1\"",
        "ssh -- ${{x}} uptime | ssh -- \"$MV_1\" uptime",
        "export DAY=${{x}} | export DAY=\"$MV_1\"",
        "timeout 5 ./a.sh ${{x}} | timeout 5 ./a.sh \"$MV_1\"",
        "env A=${{x}} ./a.sh ${{y}} | env A=\"$MV_1\" ./a.sh \"$MV_2\"",
        "echo $${{x}} \\${y} '$${{z}}' | echo ${{x}} \\${y} '${{z}}'",
      })
  void an_expression_becomes_a_variable_quoted_for_its_place(String command, String script) {
    assertThat(ShellScript.of(command).script()).isEqualTo(script);
  }

  @Test
  void the_expressions_come_in_the_order_of_their_variables() {
    assertThat(ShellScript.of("a ${{x}} \"${{ y + 1 }}\"").expressions())
        .extracting(Template.Part.Expression::source)
        .containsExactly("x", " y + 1 ");
  }

  @Test
  void lines_and_here_documents_end_where_the_shell_ends_them() {
    String command =
        """
        cat <<A <<-'B' ; echo ${{x}}
        it's "
        A
        $( `
        \tB
        echo one \\
          ${{y}}
        # don't
        echo "${{z}}"
        """;
    assertThat(ShellScript.of(command).script())
        .isEqualTo(
            """
            cat <<A <<-'B' ; echo "$MV_1"
            it's "
            A
            $( `
            \tB
            echo one \\
              "$MV_2"
            # don't
            echo "${MV_3}"
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "echo 'a ${{x}}' | 8 | an expression in single quotes would stay as it is",
        "echo # ${{x}} | 7 | an expression in a comment does nothing",
        "echo \\${{x}} | 6 | a backslash before an expression would split its quotes",
        "echo \"\\${{x}}\" | 7 | a backslash before an expression would split its quotes",
        "echo $((${{x}})) | 8 | its value would be code in shell arithmetic",
        "echo $((1 + $(echo ${{x}}))) | 19 | its value would be code in shell arithmetic",
        "((a = ${{x}})) | 6 | its value would be code in shell arithmetic",
        "echo ${a:-${{x}}} | 10 | an expression can't stand inside ${…}",
        "echo \"${a[${{x}}]}\" | 10 | an expression can't stand inside ${…}",
        "echo `cat ${{x}}` | 10 | an expression can't stand in backquotes",
        "[[ a && 1 -eq ${{x}} ]] | 14 | its value could be code inside [[ … ]]",
        "[[ ( 1 -eq ${{x}} ) ]] | 11 | its value could be code inside [[ … ]]",
        "${{x}} a | 0 | its value would choose the command",
        "a; ev${{x}} b | 5 | its value would choose the command",
        "$(echo ${{x}}) | 7 | its value would choose the command",
        "command ${{x}} a | 8 | its value would choose the command",
        "eval ${{x}} | 5 | its value would be code for `eval`",
        "\\e'v'\"al\" \"a $(cat ${{x}})\" | 19 | its value would be code for `eval`",
        "A=$(b) eval ${{x}} | 12 | its value would be code for `eval`",
        "if a; then command eval ${{x}}; fi | 24 | its value would be code for `eval`",
        "for i in a; do eval ${{x}}; done | 20 | its value would be code for `eval`",
        "for i do eval ${{x}}; done | 14 | its value would be code for `eval`",
        "case a in b) eval ${{x}};; esac | 18 | its value would be code for `eval`",
        "trap \"rm ${{x}}\" EXIT | 9 | its value would be code for `trap`",
        ". ${{x}} | 2 | its value would be code for `.`",
        "sh -c \"ls ${{x}}\" | 10 | its value would be code for `sh`",
        "sudo -u me bash -xc \"ls ${{x}}\" | 24 | its value would be code for `bash`",
        "sh ${{x}} | 3 | its value would choose what `sh` runs",
        "python3 -W ignore -c \"print(${{x}})\" | 28 | its value would be code for `python3`",
        "awk \"/${{x}}/\" f | 6 | its value would be code for `awk`",
        "sed \"s/a/${{x}}/\" f | 9 | its value would be code for `sed`",
        "ssh -p 22 host ls ${{x}} | 18 | its value would be code for `ssh`",
        "ssh ${{x}} ls | 4 | its value could be an option of `ssh`",
        "node --eval=${{x}} | 12 | its value would be code for `node`",
        "psql -d db -c \"select '${{x}}'\" | 23 | its value would be code for `psql`",
        "export ${{x}} | 7 | its value would be the name of a variable for `export`",
        "read ${{x}} | 5 | its value would be the name of a variable for `read`",
        "for ${{x}} in a; do b; done | 4 | its value would be the name of a variable for `for`",
        "source <(echo ${{x}}) | 14 | its value would be code for `source`",
        "echo $'it\\'s' ' ${{x}} | 16 | shells differ in where the quotes before this end",
        "echo \"${a%'}\" ${{x}} | 14 | shells differ in where the quotes before this end",
      })
  void a_place_where_a_value_would_be_code_or_nothing_is_refused(
      String command, int offset, String message) {
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> ShellScript.of(command));
    assertThat(refused).as(command).isNotNull();
    assertThat(refused).hasMessage(message);
    assertThat(refused.offset()).isEqualTo(offset);
    assertThat(refused.hint()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<<EOF", "<<-EOF", "<<'EOF'", "<<E\\OF", "<<\"EOF\""})
  void a_here_document_takes_no_expression_and_says_how_to_pass_it(String redirection) {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () -> ShellScript.of("cat " + redirection + "\n${{x}}\nEOF\necho ${{y}}\n"));
    assertThat(refused).hasMessage("an expression can't stand in a here-document");
    assertThat(refused.hint())
        .isEqualTo("pass it by `env` and write $NAME, with the delimiter unquoted");
    assertThat(refused.faults()).hasSize(1);
  }

  @Test
  void all_refused_places_are_named_at_once() {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class, () -> ShellScript.of("eval ${{x}}\necho '${{y}}' ${{z}}"));
    assertThat(refused.faults())
        .extracting(ExpressionChecker.Fault::offset)
        .isEqualTo(List.of(5, 18));
  }
}
