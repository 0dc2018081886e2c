using Akka.Actor;
using Akka.Event;
using AdvFit.Api.Palette;
using Petabridge.Cmd;

namespace AdvFit.Coordinator.Pbm;

/// <summary>Sends the lines of one answer to a client as they come, and cancels their source when the client goes.</summary>
internal sealed class AnswerActor : ReceiveActor, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IAsyncEnumerable<PaletteLine>> _lines;
    private readonly IActorRef _client;

    /// <param name="lines">The source of the lines.</param>
    /// <param name="client">The actor that gets a response for each line, and one that ends the command.</param>
    public AnswerActor(Func<CancellationToken, IAsyncEnumerable<PaletteLine>> lines, IActorRef client)
    {
        (_lines, _client) = (lines, client);
        var log = Context.GetLogger();
        Receive<Terminated>(_ => Context.Stop(Self));
        Receive<Ended>(ended =>
        {
            if (ended.Failure is { } failure)
            {
                log.Error(failure, "A command of pbm could not be answered.");
                _client.Tell(new ErroredCommandResponse($"The coordinator failed: {failure.Message}"));
            }

            Context.Stop(Self);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Watch(_client);
        Send(_lines(_stop.Token), _client).PipeTo(Self, success: () => new Ended(null), failure: error => new Ended(error));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stop.Cancel();
        Dispose();
    }

    private static async Task Send(IAsyncEnumerable<PaletteLine> lines, IActorRef client)
    {
        await foreach (var line in lines.ConfigureAwait(false))
        {
            if (line.IsError)
            {
                client.Tell(new ErroredCommandResponse(line.Text));
                return;
            }

            client.Tell(new CommandResponse(line.Text, final: false));
        }

        client.Tell(CommandResponse.Empty);
    }

    /// <summary>The answer is complete, or failed. It may arrive after the client has gone.</summary>
    private sealed record Ended(Exception? Failure) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
