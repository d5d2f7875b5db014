using Smirk.Collect.Sources;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Tests.Sources;

public sealed class SourceReaderTests
{
    [Theory]
    [InlineData("r/Smugs", "r/Smugs")]
    [InlineData("/r/Smugs/", "r/Smugs")]
    [InlineData("u/some_body", "u/some_body")]
    [InlineData("https://www.reddit.com/r/Smugs/top/?t=all", "r/Smugs")]
    [InlineData("https://old.reddit.com/user/name", "u/name")]
    [InlineData("https://www.reddit.com/r/Smugs/comments/abc123/title/", "https://redd.it/abc123")]
    [InlineData("https://redd.it/abc123", "https://redd.it/abc123")]
    [InlineData("https://www.reddit.com/gallery/abc123", "https://redd.it/abc123")]
    public void Reddit_sources_have_one_name_however_they_are_written(string given, string name) =>
        Assert.Equal(name, SourceReader.Read(given).Name);

    [Theory]
    [InlineData("https://github.com/u/repo", typeof(GitSource))]
    [InlineData("git@github.com:u/repo.git", typeof(GitSource))]
    [InlineData("https://example.com/x/y.git", typeof(GitSource))]
    [InlineData("https://github.com/u/repo/blob/main/a.png", typeof(WebSource))]
    [InlineData("https://imgur.com/a/AbCdE", typeof(WebSource))]
    [InlineData("-", typeof(RecordedPosts))]
    public void Other_sources_are_told_by_their_form(string given, Type kind) => Assert.IsType(kind, SourceReader.Read(given));

    [Fact]
    public void Files_are_told_by_name_and_beginning()
    {
        using var folder = new TemporaryFolder();
        Assert.IsType<RecordedPosts>(SourceReader.Read(folder.Write("posts.ndjson", "{}"u8)));
        Assert.IsType<AddressList>(SourceReader.Read(folder.Write("links.txt", "# mine\nhttps://e.com/a.png\n"u8)));
        Assert.IsType<AddressList>(SourceReader.Read(folder.Write("marked.txt", "\uFEFFhttps://e.com/a.png\r\n"u8)));
        Assert.IsType<LocalFiles>(SourceReader.Read(folder.Write("a.zip", "PK"u8)));
        Assert.IsType<LocalFiles>(SourceReader.Read(folder.Path));
        Assert.IsType<RecordedPosts>(SourceReader.Read(Path.GetDirectoryName(folder.Write("dumps/RS_2018-07.zst", [0x28]))!));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("ftp://e.com/a")]
    [InlineData("ext::sh -c touch% /tmp/x")]
    public void What_is_no_source_is_refused(string given) => Assert.Throws<UsageException>(() => SourceReader.Read(given));

    [Fact]
    public void A_share_link_is_no_subreddit() =>
        Assert.Contains("share link", Assert.Throws<UsageException>(
            () => SourceReader.Read("https://www.reddit.com/r/Smugs/s/AbCdEfGh")).Message);

    [Fact]
    public void Closed_listings_are_explained()
    {
        var error = Assert.Throws<UsageException>(() => SourceReader.Read("https://www.reddit.com/r/Smugs/new.json"));
        Assert.Contains("--posts arctic", error.Message);
    }
}
