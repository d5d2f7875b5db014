using System.Text.Json;
using Smirk.Collect.Media;
using Smirk.Collect.Posts;
using Smirk.Collect.Tests.Played;

namespace Smirk.Collect.Tests.Media;

public sealed class PostResolverTests
{
    [Fact]
    public void Galleries_keep_their_order_and_fall_back_to_the_signed_preview()
    {
        var found = PostResolver.Resolve(Recorded("hux6du")).Cast<FoundPicture>().Select(f => f.Link).ToList();
        Assert.Equal(
            ["https://i.redd.it/8pnwbvvts3c51.png", "https://i.redd.it/9rc0ujxts3c51.jpg", "https://i.redd.it/ksloqwyts3c51.gif",
                "https://i.redd.it/5zg3vwzts3c51.png"],
            found.Select(l => l.Best.Address));
        var fallback = Assert.Single(found[0].Fallbacks);
        Assert.Equal(MediaQuality.Degraded, fallback.Quality);
        Assert.StartsWith("https://preview.redd.it/8pnwbvvts3c51.png?width=", fallback.Address);
        Assert.Empty(found[2].Fallbacks);
    }

    [Fact]
    public void Gallery_pictures_that_are_not_ready_are_left_out_with_the_reason() =>
        Assert.All(PostResolver.Resolve(Recorded("1khu9tf")), f => Assert.Equal(new FoundNothing("gallery picture unprocessed"), f));

    [Fact]
    public void Removed_posts_are_gone_even_where_their_address_stands()
    {
        Assert.StartsWith("https://i.redd.it/", Recorded("ehak6i").Address);
        Assert.Equal([new FoundGone("removed by moderator")], PostResolver.Resolve(Recorded("ehak6i")));
    }

    [Fact]
    public void Recorded_posts_resolve_to_these_numbers()
    {
        var found = PostFile.Read(RecordedReddit.NdjsonPath).SelectMany(PostResolver.Resolve).ToList();
        Assert.Equal(40, found.OfType<FoundGone>().Count());
        var reasons = found.OfType<FoundNothing>().CountBy(f => f.Reason).ToDictionary();
        Assert.Equal(4, reasons["gallery picture unprocessed"]);
        Assert.Equal(3 + 11 + 3, reasons["video"]); // the site's own, YouTube's, and three within crossposted texts
        Assert.Equal(335, found.OfType<FoundPicture>().Count());
    }

    [Fact]
    public void Linked_pictures_have_the_preview_as_the_last_resort()
    {
        var picture = Assert.IsType<FoundPicture>(Assert.Single(PostResolver.Resolve(Recorded("48dnth"))));
        Assert.Equal("https://i.sli.mg/cvwxYe.jpg", picture.Link.Best.Address);
        Assert.Equal(MediaQuality.LastResort, Assert.Single(picture.Link.Fallbacks).Quality);
    }

    [Fact]
    public void Crossposts_show_what_the_first_post_shows()
    {
        var post = Read("""
            {"id":"new1","url":"/r/a/comments/old1/t/","crosspost_parent_list":[{"id":"old1","url":"https://www.reddit.com/gallery/old1",
             "is_gallery":true,
             "gallery_data":{"items":[{"media_id":"bb"},{"media_id":"aa"}]},
             "media_metadata":{"aa":{"status":"valid","e":"Image","m":"image/png","s":{"u":"https://preview.redd.it/aa.png?s=1&amp;x=2"}},
             "bb":{"status":"valid","e":"Image","m":"image/jpg","s":{"u":"https://preview.redd.it/bb.jpg?s=1"}}}}]}
            """);
        Assert.Equal(["https://i.redd.it/bb.jpg", "https://i.redd.it/aa.png"], PostResolver.Resolve(post).Cast<FoundPicture>()
            .Select(f => f.Link.Best.Address));
        Assert.Equal("https://preview.redd.it/aa.png?s=1&x=2", ((FoundPicture)PostResolver.Resolve(post)[1]).Link.Fallbacks[0].Address);
    }

    [Theory]
    [InlineData("https://i.redd.it/abc123.jpg", "https://i.redd.it/abc123.jpg")]
    [InlineData("https://preview.redd.it/abc123.jpg?width=640&s=ff", "https://i.redd.it/abc123.jpg")]
    [InlineData("https://preview.redd.it/some-title-v0-abc123.png?auto=webp&s=ff", "https://i.redd.it/abc123.png")]
    [InlineData("http://imgur.com/AbCdE12", "https://i.imgur.com/AbCdE12.jpg")]
    [InlineData("http://i.imgur.com/AbCdE12.gifv", "https://i.imgur.com/AbCdE12.gif")]
    [InlineData("http://i.imgur.com/AbCdE12.mp4", "https://i.imgur.com/AbCdE12.gif")]
    [InlineData("http://i.imgur.com/vewHGfih.jpg", "https://i.imgur.com/vewHGfi.jpg")]
    [InlineData("http://i.imgur.com/IohagcB.jpg?1", "https://i.imgur.com/IohagcB.jpg")]
    [InlineData("http://www.imgur.com/bcvSSgM.jpg", "https://i.imgur.com/bcvSSgM.jpg")]
    [InlineData("https://e.com/a/b.JPEG?x=1", "https://e.com/a/b.JPEG?x=1")]
    public void Addresses_of_pictures_lead_to_the_original(string address, string picture) =>
        Assert.Equal(picture, Assert.IsType<FoundPicture>(AddressResolver.Resolve(new Uri(address))).Link.Best.Address);

    [Theory]
    [InlineData("https://imgur.com/a/AbCdE", "AbCdE")]
    [InlineData("https://imgur.com/gallery/AbCdE12", "AbCdE12")]
    [InlineData("https://imgur.com/gallery/smug-faces-AbCdE12", "AbCdE12")]
    [InlineData("https://imgur.com/t/anime/AbCdE12", "AbCdE12")]
    public void Addresses_of_albums_give_their_id(string address, string id) =>
        Assert.Equal(new FoundAlbum(id), AddressResolver.Resolve(new Uri(address)));

    [Theory]
    [InlineData("https://v.redd.it/abc", "video")]
    [InlineData("https://www.youtube.com/watch?v=1", "video")]
    [InlineData("https://e.com/clip.webm", "video")]
    [InlineData("https://www.flickr.com/photos/x/1", "link to a page")]
    [InlineData("https://imgur.com/user/somebody", "link to a page")]
    public void Other_addresses_are_left_out_with_the_reason(string address, string reason) =>
        Assert.Equal(new FoundNothing(reason), AddressResolver.Resolve(new Uri(address)));

    [Fact]
    public void The_placeholder_is_gone() => Assert.IsType<FoundGone>(AddressResolver.Resolve(new Uri("https://i.imgur.com/removed.png")));

    private static Post Recorded(string id) => PostFile.Read(RecordedReddit.NdjsonPath).Single(p => p.Id == id);

    private static Post Read(string json) => PostReader.Read(JsonDocument.Parse(json).RootElement)!;
}
