using System.Text.Json;

namespace Smirk.Cli.Tests.Commands;

/// <summary>The command as a person or a script meets it: a process, its exit code and what it prints.</summary>
public sealed class StripCommandTests : IDisposable
{
    // 1 × 1 pixel, a comment in front of the picture.
    private static readonly byte[] Picture = Convert.FromHexString(
        "47494638396101000100800000000000FFFFFF" + "21FE0568656C6C6F00" + "2C00000000010001000002024401003B");

    private readonly TemporaryFolder _folder = new();

    public StripCommandTests()
    {
        _folder.Write("in/a.gif", Picture);
        _folder.Write("in/broken.gif", Picture.AsSpan(0, Picture.Length - 4));
        _folder.Write("in/clean.gif", [.. Picture[..19], .. Picture[28..]]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_is_one_document_with_every_file_and_the_sums()
    {
        var (code, output, errors) = await Run("strip", "in", "-o", "out", "--json");
        Assert.Equal(3, code);
        using var document = JsonDocument.Parse(output);
        var files = document.RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["path", "status", "reason", "format", "removed", "bytes_before", "bytes_after"], files[0].EnumerateObject()
            .Select(p => p.Name));
        Assert.Equal(["in/a.gif stripped gif", "in/broken.gif refused gif", "in/clean.gif clean gif"],
            files.Select(f => $"{f.GetProperty("path")} {f.GetProperty("status")} {f.GetProperty("format")}"));
        Assert.Equal("comment", Assert.Single(files[0].GetProperty("removed").EnumerateArray()).GetString());
        Assert.Equal((Picture.Length, Picture.Length - 9), (files[0].GetProperty("bytes_before").GetInt64(), files[0]
            .GetProperty("bytes_after").GetInt64()));
        Assert.Equal((3, 1, 1, 1), (Count("files"), Count("stripped"), Count("clean"), Count("refused")));
        Assert.Contains("in/broken.gif: cut short", errors, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder.File("in/clean.gif")), File.ReadAllBytes(_folder.File("out/a.gif")));

        int Count(string name) => document.RootElement.GetProperty("counts").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Json_holds_text_unescaped()
    {
        _folder.Write("it's ü.tif", [.. "II*\0"u8, .. new byte[60]]);
        var (_, output, _) = await Run("strip", "it's ü.tif", "--json");
        Assert.Contains("\"it's ü.tif\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strip_without_output_lists_what_the_files_carry()
    {
        var (code, output, _) = await Run("strip", "in/a.gif");
        Assert.Equal(0, code);
        Assert.Contains("comment    hello", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", output, StringComparison.Ordinal);
        Assert.Equal(Picture, File.ReadAllBytes(_folder.File("in/a.gif")));
    }

    [Fact]
    public async Task Paths_are_read_from_a_list()
    {
        _folder.Write("list", "in/a.gif\0in/gone.gif\0"u8);
        var (code, output, errors) = await Run("strip", "--from-file", "list", "-0", "--in-place");
        Assert.Equal(3, code);
        Assert.Contains("1 stripped (9 bytes)", output, StringComparison.Ordinal);
        Assert.Contains("in/gone.gif", errors, StringComparison.Ordinal);
        Assert.Equal(Picture.Length - 9, new FileInfo(_folder.File("in/a.gif")).Length);
    }

    [Theory]
    [InlineData("Name at least one", "strip")]
    [InlineData("There is no missing", "strip", "missing")]
    [InlineData("--in-place and -o exclude each other", "strip", "in", "--in-place", "-o", "out")]
    [InlineData("--drop gps: expected icc, orientation, gainmap, or several", "strip", "in", "--drop", "icc,gps")]
    [InlineData("-j 0 is out of range", "strip", "in", "-j", "0")]
    [InlineData("--touch sets the times of written files", "strip", "in", "--touch")]
    [InlineData("There is no list", "strip", "--from-file", "nowhere")]
    [InlineData("-0 needs --from-file LIST", "strip", "in", "-0")]
    [InlineData("choose another folder", "strip", "in", "-o", "in")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string line, params string[] arguments)
    {
        var (code, output, errors) = await Run(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(line, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(Picture, File.ReadAllBytes(_folder.File("in/a.gif")));
    }

    private Task<SmirkOutput> Run(params string[] arguments) => SmirkProcess.RunIn(_folder.Path, arguments);
}
