select adapter, last_report_time
from adapter_reports
order by last_report_time desc
limit 1000
