using AdvFit.Coordinator.Journal;
using AdvFit.Actors;
using AdvFit.Sweeps;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdvFit.Coordinator.Tests;

/// <summary>The actor system of one process of the cluster, set up as in production, with a journal in a database.</summary>
internal sealed class JournalHost : IAsyncDisposable
{
    private readonly IHost _host;

    private JournalHost(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<JournalHost> StartAsync(JournalSettings? journal, string role = ClusterRoles.Coordinator)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddAkka("advfit", akka =>
        {
            akka.AddHocon("akka.test.single-expect-default = 30s", HoconAddMode.Append);
            // Nobody is waited for.
            akka.AddHocon(
                "akka.cluster { periodic-tasks-initial-delay = 20ms, leader-actions-interval = 20ms }", HoconAddMode.Prepend);
            akka.WithAdvFit(new MembershipSettings(), role, TimeSpan.FromSeconds(1));
            if (journal is not null)
            {
                akka.WithJournal(journal);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new JournalHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
