using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Pattern;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using AdvFit.Actors;
using AdvFit.Api;
using AdvFit.Api.Http;
using AdvFit.Api.Palette;
using AdvFit.Coordinator;
using AdvFit.Coordinator.Pbm;
using AdvFit.Sweeps.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

return await Startup.Run(args, builder =>
{
    var membership = Startup.Settings<MembershipSettings>(builder.Configuration, "AdvFit:Cluster");
    var journal = Startup.Settings<JournalSettings>(builder.Configuration, "AdvFit:Journal");
    var http = Startup.Settings<HttpSettings>(builder.Configuration, "AdvFit:Http");
    var pbm = Startup.Settings<PbmSettings>(builder.Configuration, "AdvFit:Pbm");
    var artifacts = Startup.Folder(builder.Configuration, "AdvFit:Artifacts");
    var program = ProgramVersion.Of(typeof(ClusterSweepService).Assembly);
    var patience = TimeSpan.FromSeconds(20);
    var singleton = new ClusterSingletonOptions { Role = ClusterRoles.Coordinator };

    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = patience + TimeSpan.FromSeconds(10));
    builder.Services.AddSingleton<ISweepService>(services => new ClusterSweepService(
        services.GetRequiredService<ActorSystem>, artifacts, builder.Configuration["AdvFit:Data"]));
    builder.Services.AddAkka(membership.Name, (akka, services) => akka
        .WithPbm(pbm, new SweepPalette(services.GetRequiredService<ISweepService>()))
        .WithAdvFit(membership, ClusterRoles.Coordinator, patience)
        .WithJournal(journal)
        .WithShardRegion<ShufflesKey>(
            ClusterRoles.Shuffles,
            (_, registry, _) => id => Props.Create(() => new ShuffleEntity(id, registry.Get<CoordinatorKey>(), TimeProvider.System)),
            new ShuffleMessageExtractor(),
            new ShardOptions { Role = ClusterRoles.Coordinator, StateStoreMode = StateStoreMode.DData })
        .WithSingleton<CoordinatorKey>(
            ClusterRoles.SweepCoordinator,
            (_, registry, _) => Supervised("sweeps", Props.Create(() => new SweepCoordinator(
                registry.Get<ShufflesKey>(), TimeProvider.System, slots => ThisMachine.Session(program, slots)))),
            singleton)
        .WithSingleton<AnalysisKey>(
            ClusterRoles.Analysis,
            (system, _, _) => Supervised("analysis", Props.Create(() => new AnalysisActor(offset =>
                PersistenceQuery.Get(system).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier)
                    .EventsByTag(JournalIds.AnalysisTag, new Sequence(offset))))),
            singleton));
    builder.WebHost.ConfigureKestrel(ApiLimits.Apply).UseUrls($"http://{http.Address}:{http.Port}");

    var app = builder.Build();
    app.MapSweeps(app.Services.GetRequiredService<ISweepService>(), new ApiSettings(http.Token));
    return app;
});

// An actor that stops because the database is away comes again; a singleton would not by itself. One that fails is stopped
// as well: a new one hears nothing of what the failed one had begun.
static Props Supervised(string name, Props actor) => BackoffSupervisor.Props(
    Backoff.OnStop(actor, name, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), randomFactor: 0.2, maxNrOfRetries: -1)
        .WithDefaultStoppingStrategy());
