using Smirk.Workspace.Packs;

namespace Smirk.Workspace.Tests.Packs;

public sealed class PackRowTests
{
    [Theory]
    [InlineData("/pile/cats/a.png", "/pile", "cats")]
    [InlineData("/pile/a.png", "/pile", "pile")]
    [InlineData("/pile/cats/what!.png", "/pile", "cats")]
    [InlineData("/pile/all.zip!dogs/a.png", "/pile/all.zip", "dogs")]
    [InlineData("/pile/all.zip!a.png", "/pile/all.zip", "all")]
    [InlineData("/pile/train-images-idx3-ubyte.gz!7/00001.png", "/pile", "7")]
    [InlineData("/pile/more/all.zip!dogs/a.png", "/pile", "dogs")]
    [InlineData("/pile/wow!cats/a.png", "/pile", "wow!cats")]
    [InlineData("a.png", null, null)]
    [InlineData(null, null, null)]
    public void A_pictures_class_is_the_folder_it_lies_in(string? file, string? source, string? expected) =>
        Assert.Equal(expected, new PackRow(0, "p", file, Source: source).Folder);
}
