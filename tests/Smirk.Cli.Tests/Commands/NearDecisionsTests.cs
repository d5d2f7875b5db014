using System.Text.Json;

namespace Smirk.Cli.Tests.Commands;

/// <summary>`dupes --near --decisions` and `decide --decisions`, as a person types them.</summary>
public sealed class NearDecisionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_that_json_gives_with_a_member_parts_it_from_its_keeper_for_good()
    {
        Make($"mkdir \"it's a pile\"; {Program} draw \"it's a pile/t\" -n 2 --variants 3 --size 96 --seed 5 -q");
        var before = Json(Dupes("--json"));
        var (keeper, member, command) = Open(before).First();
        Assert.StartsWith("smirk decide --decisions near.jsonl $'it\\'s a pile/", command, StringComparison.Ordinal);
        Make(command.Replace("smirk ", Program + " ", StringComparison.Ordinal));

        // Renamed, both are still known.
        Make($"mv {Quoted(keeper)} moved.x; mv moved.x {Quoted(keeper)}.new");
        var after = Json(Dupes("--json"));
        Assert.DoesNotContain(Open(after), o => o.Member == member && o.Keeper == keeper + ".new");
        Assert.Equal(1, after.GetProperty("counts").GetProperty("decisions").GetInt32());
        Assert.Equal(Open(before).Count() - 1, Open(after).Count());
        Assert.Contains("1 of 1 decisions in near.jsonl are about these pictures.", Make(Dupes("")), StringComparison.Ordinal);

        Assert.StartsWith("no longer: ", Make($"{Program} decide --decisions near.jsonl --undo"), StringComparison.Ordinal);
        Assert.Equal(Open(before).Count(), Open(Json(Dupes("--json"))).Count());
        Assert.Equal("2", Make("wc -l <near.jsonl").Trim());
    }

    [Fact]
    public void The_page_and_the_listing_say_how_to_decide()
    {
        Make($"{Program} draw t -n 2 --variants 3 --size 96 --seed 5 -q");
        Assert.Contains("near.jsonl isn't there yet; your first decision makes it.\nTo decide: smirk decide --decisions near.jsonl t/",
            Make($"{Program} dupes t --near --index i --decisions near.jsonl --report r || [ $? = 3 ]"), StringComparison.Ordinal);
        Assert.Contains("<code>smirk decide --decisions near.jsonl t/", Make("cat r/near.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_not_understood_are_warned_of_and_give_exit_code_3()
    {
        Make($"mkdir t; {Program} draw d -n 2 --size 64 -q; cp $(find d -name '*.png' | head -1) t/; echo '{{\"verdict\":' >near.jsonl");
        var error = Make($"{Program} dupes t --near --no-index --decisions near.jsonl 2>&1 >/dev/null && exit 1; [ $? = 3 ]");
        Assert.Contains("near.jsonl, line 1: it isn't JSON, or was cut short. The line is left as it is", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dupes t --decisions f", "--decisions needs --near")]
    [InlineData("dupes t --no-index", "--no-index needs --near")]
    [InlineData("dupes t --near --index i --no-index", "exclude each other")]
    [InlineData("dupes t --near --index t/a.png", "isn't an index of near duplicates")]
    [InlineData("decide --decisions f", "Decide what?")]
    [InlineData("decide --decisions f t/a.png", "Decide what?")]
    [InlineData("decide --decisions f t/a.png not-duplicate", "not-duplicate needs two pictures")]
    [InlineData("decide --decisions f t/a.png t/b.png drop", "keep the other one")]
    [InlineData("decide --decisions f t/a.png t/b.png perhaps", "expected keep, alternate or not-duplicate")]
    [InlineData("decide --decisions f t/a.png t/gone.png alternate", "There is no t/gone.png")]
    [InlineData("decide --decisions f t/a.png t/b.png alternate", "have the same bytes")]
    [InlineData("decide --decisions f t/a.png keep --box 1,1,2,2", "--box is about crops")]
    [InlineData("decide --decisions f t/a.png --undo", "it needs no picture")]
    [InlineData("decide", "Decide where?")]
    public void Wrong_usage_is_one_line_and_makes_no_file(string arguments, string message)
    {
        _folder.Write("t/a.png", Running.Pile.Png(1, 32));
        _folder.Write("t/b.png", Running.Pile.Png(1, 32));
        var error = Make($"{Program} {arguments} </dev/null 2>&1 >/dev/null && exit 1; [ $? = 2 ]");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal("t", Make("echo *").Trim());
    }

    private static string Program => SmirkProcess.Executable;

    private static string Dupes(string options) =>
        $"{Program} dupes \"it's a pile/t\" --near --index i --decisions near.jsonl {options} 2>/dev/null || [ $? = 3 ]";

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private JsonElement Json(string script) => JsonDocument.Parse(Make(script)).RootElement;

    private static IEnumerable<(string Keeper, string Member, string Command)> Open(JsonElement document) =>
        from @group in document.GetProperty("groups").EnumerateArray()
        from member in @group.GetProperty("members").EnumerateArray()
        where member.TryGetProperty("decide", out _)
        select (@group.GetProperty("keeper").GetString()!, member.GetProperty("path").GetString()!,
            member.GetProperty("decide").GetString()!);

    private string Make(string script) => Shell.Run(_folder.Path, script);
}
