using System.IO.Compression;
using Smirk.Cli.Doctor.Bundle;

namespace Smirk.Cli.Tests.Doctor.Bundle;

public sealed class BugBundleTests
{
    private const string Options = """
        {"recipe":"auto","pack":"/home/alice/Secret Faces/packs/64","classes":["alice","bob"],"size":64,
         "augment":"colour:0.5","mirror":true,
         "choices":[{"name":"augment","value":"colour:0.5","why":"Usual"},{"name":"labels","value":"alice.csv"},
                    {"name":"length","value":"5 kimg"}]}
        """;

    private const string Fault = """
        smirk make /home/alice/Secret Faces -w alice --size 64 --name=alice
        Smirk 0.2.0, .NET 10.0.0
        Linux, X64

        System.IO.IOException: /home/alice/Secret Faces/a.png is odd
         ---> System.FormatException: alice
           at Smirk.Cli.Program.Main(String[] args) in /home/alice/smirk/Program.cs:line 3
        """;

    [Fact]
    public async Task Bundle_has_what_a_report_needs_and_no_names()
    {
        var texts = await Bundle();
        Assert.Equal(
            ["doctor.txt", "faults/1.txt", "machine.txt", "runs/0001/log.jsonl", "runs/0001/options.json", "version.txt"],
            texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(texts.Values, text => Assert.DoesNotMatch("(?i)alice|bob|secret|faces", text));
        Assert.Contains("libvips", texts["doctor.txt"]);
        Assert.Contains("model name", texts["machine.txt"]);
        Assert.Contains("\"augment\": \"colour:0.5\"", texts["runs/0001/options.json"]);
        Assert.Contains("\"value\": \"5 kimg\"", texts["runs/0001/options.json"]);
        Assert.Contains("\"mirror\": true", texts["runs/0001/options.json"]);
        Assert.Contains("smirk make (left out)", texts["faults/1.txt"]);
        Assert.Contains("--size 64", texts["faults/1.txt"]);
        Assert.Contains("System.IO.IOException: (left out)", texts["faults/1.txt"]);
        Assert.Contains("   at Smirk.Cli.Program.Main(String[] args)\n", texts["faults/1.txt"] + "\n");
        var log = texts["runs/0001/log.jsonl"].TrimEnd().Split('\n');
        Assert.Equal(200, log.Length);
        Assert.Equal("""{"kimg":249,"about":"few","remark":"few pictures"}""", log[^1]);
    }

    [Fact]
    public async Task Names_are_there_when_asked_for()
    {
        var texts = await Bundle("--names");
        Assert.Equal(Options, texts["runs/0001/options.json"]);
        Assert.Equal(Fault, texts["faults/1.txt"]);
    }

    [Fact]
    public async Task Files_that_exist_are_left_alone_and_names_alone_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.zip", "mine"u8);
        var output = await SmirkProcess.Run("doctor", "--bundle", path);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("exists already and was left as it is", output.FailureLine);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(2, (await SmirkProcess.Run("doctor", "--names")).ExitCode);
    }

    [Theory]
    [InlineData("disk 5 GB free at /home/alice/x y", "disk 5 GB free at (left out)")]
    [InlineData("1cc254d8 for libvips.so.42, found /usr/lib/libvips.so", "1cc254d8 for libvips.so.42, found /usr/lib/libvips.so")]
    [InlineData("SMIRK_LIBTORCH=~/torch", "SMIRK_LIBTORCH=(left out)")]
    public void Lines_lose_paths_of_a_persons(string line, string expected) => Assert.Equal(expected, NameFilter.Line(line));

    [Fact]
    public void Damaged_json_is_left_out() => Assert.DoesNotContain("alice", NameFilter.Json("""{"pack":"alice""", isIndented: true));

    private static async Task<Dictionary<string, string>> Bundle(params string[] more)
    {
        using var folder = new TemporaryFolder();
        var bytes = System.Text.Encoding.UTF8;
        folder.Write("alice/smirk.db", ""u8);
        folder.Write("alice/pictures/bob.png", "a picture"u8);
        folder.Write("alice/runs/0001/options.json", bytes.GetBytes(Options));
        folder.Write("alice/runs/0001/log.jsonl", bytes.GetBytes(string.Concat(Enumerable.Range(0, 250)
            .Select(n => $$"""{"kimg":{{n}},"about":"few","remark":"few pictures"}""" + "\n"))));
        folder.Write("state/smirk/faults/1.txt", bytes.GetBytes(Fault));
        using var process = SmirkProcess.Start(
            ["doctor", "-w", folder.File("alice"), "--bundle", folder.File("report.zip"), .. more],
            ("XDG_STATE_HOME", folder.File("state")));
        var output = await process.End();
        Assert.Contains("6 texts in ", output.Out);
        using var zip = ZipFile.OpenRead(folder.File("report.zip"));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
