using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Tests.Near;

public sealed class NearFindingsTests
{
    [Fact]
    public void What_an_earlier_run_found_is_doubted_by_its_similarity()
    {
        var recalled = new NearGroup(0, [], [new NearMember(1, NearKind.Exact, 1, null), new NearMember(2, NearKind.Caption, 0.87, null)]);

        Assert.Equal(0.13, recalled.Doubt, 1e-9);
    }
}
