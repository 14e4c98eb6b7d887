"""Background work: rights that were exercised take effect, and those who agreed are told."""

from motcua.kernel import jobs
from motcua.openness.operations.alerting import send_alerts
from motcua.openness.operations.following import follow_rights

jobs.periodic("openness.follow", seconds=30)(follow_rights)
jobs.periodic("openness.alerts", seconds=3600)(send_alerts)
