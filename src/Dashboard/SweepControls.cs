using System.Collections.Immutable;
using AdvFit.Api.Http;
using AdvFit.Messages;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Dashboard;

/// <summary>The commands behind the page's buttons, for requests that show the token.</summary>
/// <param name="token">The secret that the requests have to show.</param>
/// <param name="act">Applies a command to a sweep, and returns a sentence on the outcome.</param>
public sealed class SweepControls(string token, Func<string, SweepCommand, string> act)
{
    private static readonly ImmutableDictionary<string, SweepCommand> Commands = new Dictionary<string, SweepCommand>
    {
        ["pause"] = new PauseSweep(),
        ["resume"] = new ResumeSweep(),
        ["cancel"] = new CancelSweep(),
        ["rerun-failed"] = new RerunShuffles(null, OnlyFailed: true, Stage: null),
    }.ToImmutableDictionary();

    private readonly BearerToken _token = new(token);

    /// <summary>Answers the request of a button.</summary>
    internal IResult Answer(HttpRequest request, string sweep, string action)
    {
        if (!_token.IsShownBy(request))
        {
            return Results.Text("That takes the token of this dashboard, which the terminal printed.", statusCode: StatusCodes.Status401Unauthorized);
        }

        return Commands.TryGetValue(action, out var command)
            ? Results.Text(act(sweep, command))
            : Results.Text($"There is no action '{action}'.", statusCode: StatusCodes.Status404NotFound);
    }
}
