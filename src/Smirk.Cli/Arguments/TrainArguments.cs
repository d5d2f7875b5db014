using System.CommandLine;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;

namespace Smirk.Cli.Arguments;

/// <summary>The options of training, the same for `train` and `make`: one for each row of <see cref="TrainOptionTable"/>.</summary>
internal sealed class TrainArguments
{
    private readonly (TrainOption Row, Option Argument)[] _all = [.. TrainOptionTable.All.Select(row => (row, ArgumentOf(row)))];

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (var (_, argument) in _all)
            command.Options.Add(argument);
    }

    /// <summary>What the person asked for.</summary>
    /// <exception cref="Workspace.Errors.UsageException">A value is none that the option takes.</exception>
    public TrainOptions Read(ParseResult parsed)
    {
        var options = new TrainOptions();
        foreach (var (row, argument) in _all)
        {
            if (parsed.GetResult(argument) is not { Implicit: false } given)
                continue;
            options = row.Read(options, argument is Option<bool> flag ? (parsed.GetValue(flag) ? "true" : "false")
                : given.Tokens is [var token] ? token.Value : "");
        }

        return options;
    }

    private static Option ArgumentOf(TrainOption row)
    {
        var help = row.Recipes.Count is > 0 and var count && count < RecipeNames.All.Length
            ? $"{string.Join(", ", row.Recipes)}: {row.Help}" : row.Help;
        if (row.IsFlag)
            return new Option<bool>($"--{row.Name}") { Description = help };
        var argument = new Option<string?>($"--{row.Name}") { Description = help, HelpName = row.HelpName };
        if (row.Usual is { } usual)
            argument.DefaultValueFactory = _ => usual;
        return argument;
    }
}
