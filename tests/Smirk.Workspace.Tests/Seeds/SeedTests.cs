using Smirk.Workspace.Seeds;

namespace Smirk.Workspace.Tests.Seeds;

public sealed class SeedTests
{
    // Pinned: another value would make every recorded run unrepeatable.
    [Fact]
    public void Derive_is_the_same_number_for_ever() => Assert.Equal(13303762751247021732UL, Seed.Derive(1, "latents"));

    [Fact]
    public void Derive_differs_by_seed_and_purpose() =>
        Assert.Equal(3, new[] { Seed.Derive(1, "a"), Seed.Derive(2, "a"), Seed.Derive(1, "b") }.Distinct().Count());
}
