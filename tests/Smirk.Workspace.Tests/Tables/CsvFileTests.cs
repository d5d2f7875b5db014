using FsCheck;
using FsCheck.Fluent;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Tables;

namespace Smirk.Workspace.Tests.Tables;

public sealed class CsvFileTests
{
    [Fact]
    public void Any_texts_come_back_from_quotes() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>)>(),
        texts =>
        {
            var (a, b) = (Tidy(texts.Item1.Get), Tidy(texts.Item2.Get));
            var record = Assert.Single(CsvFile.Records(new StringReader($"{Quoted(a)},{Quoted(b)}\r\n\r\n")));
            Assert.Equal([a, b], record);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a;b,c;d", "a|b,c|d")]
    [InlineData("\uFEFFa\tb c", "a|b c")]
    [InlineData("a,,", "a||")]
    [InlineData("a \"quoted\" word,b", "a \"quoted\" word|b")]
    public void Separators_are_found_out(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', Assert.Single(CsvFile.Records(new StringReader(line)))));

    [Fact]
    public void A_picture_is_found_by_its_path_the_end_of_it_its_name_or_its_hash()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("labels.csv");
        File.WriteAllText(path, "label,image\nfirst,b/1.png\nsecond,1.png\nthird,2\nfourth,ffff\nfifth,in.zip!x.png\n");
        var labels = LabelSource.Parse(path)!;
        Assert.Equal(
            ["first", "second", "third", "fourth", "fifth", null],
            ((string[])["/in/b/1.png", "/in/c/1.png", "/in/2.jpg", "/in/3.png", "/a/in.zip!x.png", "/in/4.png"])
                .Select(file => labels.Of(new PackRow(0, file.Contains('3') ? "ffff" : "0", file))));
        Assert.Equal(path, labels.Text);
    }

    [Theory]
    [InlineData("gone.csv", "no file")]
    [InlineData("labels", "expected none, folder")]
    [InlineData("metadata:", "expected none, folder")]
    public void Sources_that_are_none_are_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => LabelSource.Parse(text)).Message);

    [Fact]
    public void Json_lines_are_tables_too()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("texts.jsonl");
        File.WriteAllText(path, "{\"file_name\": \"a.png\", \"caption\": \"of a\"}\n\n{\"file_name\": \"b.png\", \"text\": \"of b\"}\n");
        var texts = NamedTexts.Read(path, "text", "caption");
        Assert.Equal(["of a", "of b"], ((string[])["a.png", "b.png"]).Select(file => texts.Of(new PackRow(0, "0", file))));
        File.WriteAllText(path, "[1]\n");
        Assert.Throws<UsageException>(() => NamedTexts.Read(path, "text"));
    }

    // A record is lines of text.
    private static string Tidy(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\uFEFF", "",
        StringComparison.Ordinal);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
