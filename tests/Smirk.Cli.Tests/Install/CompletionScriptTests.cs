using Smirk.Cli.Install;

namespace Smirk.Cli.Tests.Install;

/// <summary>The scripts in real shells.</summary>
public sealed class CompletionScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompletionScriptTests() => _folder.Write("smug/smirk.db", ""u8);

    [Theory]
    [InlineData("smirk sam", "sample")]
    [InlineData("smirk train -w sm", "smug")]
    [InlineData("smirk completion fi", "fish")]
    public void Bash_inserts_the_one_word_that_fits(string line, string expected) => Assert.Equal(expected, Bash(line));

    [Fact]
    public void Bash_lists_meanings_where_several_words_fit()
    {
        var shown = Bash("smirk sample x --se") + "\n" + Bash("smirk dec") + "\n" + Bash("smirk sample x --s");
        Assert.Contains("--seed", shown);
        Assert.Contains("decide", shown);
        Assert.Matches(@"--sweep +\(vary one latent dimension", shown);
    }

    [Fact]
    public void Zsh_and_fish_understand_their_scripts()
    {
        foreach (var shell in new[] { "zsh", "fish" })
        {
            _folder.Write($"script.{shell}", System.Text.Encoding.UTF8.GetBytes(CompletionScript.For(shell)));
            Shell.Run(_folder.Path, $"! command -v {shell} >/dev/null || {shell} -n script.{shell}");
        }
    }

    [Fact]
    public void Fish_shows_words_with_their_meaning()
    {
        Assert.SkipUnless(Shell.Has("fish"), "fish isn't installed");
        _folder.Write("script.fish", System.Text.Encoding.UTF8.GetBytes(CompletionScript.For("fish")));
        var path = Path.GetDirectoryName(SmirkProcess.Executable);
        var shown = Shell.Run(
            _folder.Path, $"HOME=$PWD PATH='{path}':$PATH fish -c 'source script.fish; complete -C \"smirk sam\"'");
        Assert.Contains("sample\tGenerate pictures.", shown);
    }

    public void Dispose() => _folder.Dispose();

    // What readline would be given for the line's last word.
    private string Bash(string line)
    {
        _folder.Write("script.bash", System.Text.Encoding.UTF8.GetBytes(CompletionScript.For("bash")));
        var command = $"compopt() {{ :; }}; . ./script.bash; COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9; "
            + $"_smirk '{SmirkProcess.Executable}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        _folder.Write("call.bash", System.Text.Encoding.UTF8.GetBytes(command));
        return Shell.Run(_folder.Path, "bash call.bash").TrimEnd('\n');
    }
}
