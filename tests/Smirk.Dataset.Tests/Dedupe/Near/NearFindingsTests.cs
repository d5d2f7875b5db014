using Smirk.Dataset.Dedupe.Near;
using Smirk.Dataset.Dedupe.Near.Verify;

namespace Smirk.Tests.Dedupe.Near;

public sealed class NearFindingsTests
{
    [Fact]
    public void What_an_earlier_run_found_is_doubted_by_its_similarity()
    {
        var recalled = new NearGroup(0, ["older"], [new NearMember(1, NearKind.Exact, 1, null), new NearMember(2, NearKind.Caption, 0.87, null)]);

        Assert.Equal(0.13, recalled.Doubt, 1e-9);
    }
}
