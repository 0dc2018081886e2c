using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AdvFit.Actors.Health;

/// <summary>
/// Looks each second at what this process knows of the cluster, and at what it needs, so that probes are answered at once and
/// without another process. Thread-safe.
/// </summary>
/// <param name="started">Gets the actor system of this process once it is started.</param>
/// <param name="majority">How many coordinators have to be in the cluster.</param>
/// <param name="findLack">Finds what else the process lacks, in a sentence, or null for nothing; it is given three seconds.</param>
public sealed class ProcessHealth(Func<ActorSystem> started, int majority, Func<CancellationToken, Task<string?>> findLack)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private volatile HealthHistory _history = new(Now);

    /// <summary>The clock of <see cref="History"/>.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>What it saw last.</summary>
    public HealthHistory History => _history;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var cluster = AkkaCluster.Get(started());
        using var timer = new PeriodicTimer(Interval);
        do
        {
            var lacks = await FindLack(stoppingToken).ConfigureAwait(false);
            _history = _history.Observe(Now, WhyOutside(cluster), lacks);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task<string?> FindLack(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        try
        {
            return await findLack(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"What this process needs has not answered within {Patience.TotalSeconds} seconds.";
        }
    }

    private string? WhyOutside(AkkaCluster cluster)
    {
        if (cluster.SelfMember.Status != MemberStatus.Up)
        {
            return "This process is not a member of the cluster yet.";
        }

        var reached = cluster.State.Coordinators().Count(member => member.Status == MemberStatus.Up);
        return reached >= majority ? null : $"This process reaches {reached} of the coordinators and needs {majority}.";
    }
}
